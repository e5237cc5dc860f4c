/** Files on their way: the table of transfers, the spool, and who carries what when. */
@NullMarked
package dev.owlery.core.file;

import org.jspecify.annotations.NullMarked;
