/** Who may do what: persons, roles and grants, default deny. */
@NullMarked
package dev.owlery.core.permission;

import org.jspecify.annotations.NullMarked;
