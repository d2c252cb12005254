/** The entry point for Java programs. */
package io.ddgan.embed;
