/**
 * Files on their way: what plugins ask for ({@link dev.owlery.api.file.Transfers}), what carries
 * them ({@link dev.owlery.api.file.FileTransport}), and what becomes of them ({@link
 * dev.owlery.api.file.Transfer}).
 */
@NullMarked
package dev.owlery.api.file;

import org.jspecify.annotations.NullMarked;
