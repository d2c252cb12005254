/** Options that several commands share. */
package io.ddgan.cli.options;
