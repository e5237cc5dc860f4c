/** Files under safe names, in folders that nothing leads out of. */
@NullMarked
package dev.owlery.api.folder;

import org.jspecify.annotations.NullMarked;
