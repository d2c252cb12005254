/** Reads experiments and puts their parts together. */
package io.ddgan.cli.experiment;
