/** What is shown on a terminal: progress, tables, quantities, errors. */
package io.ddgan.cli.terminal;
