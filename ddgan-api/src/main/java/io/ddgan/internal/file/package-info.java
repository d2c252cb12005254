/**
 * Files that are whole or absent, locked, or known by their hash, those in which Linux tells facts,
 * and what is wrong with them in a sentence.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.internal.file;
