/** Measures what runs generate, and examples that are there already. */
package io.ddgan.cli.evaluation;
