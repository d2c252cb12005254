/** Trains in this process, with its files of progress and log. */
package io.ddgan.cli.training;
