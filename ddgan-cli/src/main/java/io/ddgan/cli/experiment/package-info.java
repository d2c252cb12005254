/**
 * Reads experiments and puts their parts together.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.cli.experiment;
