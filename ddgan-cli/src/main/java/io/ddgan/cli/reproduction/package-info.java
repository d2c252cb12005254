/** Training a run again, and what the two have in common. */
package io.ddgan.cli.reproduction;
