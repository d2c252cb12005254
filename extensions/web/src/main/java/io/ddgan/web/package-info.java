/**
 * Commands that talk HTTP, to browsers and to other programs.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.web;
