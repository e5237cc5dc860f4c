/**
 * What the author of an adapter implements, and what the core gives to it. An adapter never meets a
 * plugin: events go in by {@link dev.owlery.api.adapter.AdapterContext#publish}, actions come out
 * by {@link dev.owlery.api.adapter.Adapter#perform}.
 */
@NullMarked
package dev.owlery.api.adapter;

import org.jspecify.annotations.NullMarked;
