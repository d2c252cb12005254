/**
 * Atomic and durable writes, locks, hashes, files of Linux's /proc, and error messages for files.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.internal.file;
