/** Where generated examples go. */
package io.ddgan.cli.sampling;
