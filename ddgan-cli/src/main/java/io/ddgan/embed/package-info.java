/** The framework for Java programs. */
package io.ddgan.embed;
