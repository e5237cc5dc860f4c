/** What an administrator turns from chat: accounts, rooms, plugins, the outbox, health. */
@NullMarked
package dev.owlery.plugins.admin;

import org.jspecify.annotations.NullMarked;
