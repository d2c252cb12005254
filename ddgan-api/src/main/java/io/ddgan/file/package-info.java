/**
 * Writing files so that they are whole or absent, and saying in a sentence why they are not.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.file;
