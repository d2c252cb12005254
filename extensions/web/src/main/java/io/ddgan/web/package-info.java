/**
 * Commands that use HTTP, for browsers and other programs.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.web;
