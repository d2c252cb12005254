/** Further processes that run a command, each with a part of the machine. */
package io.ddgan.cli.process;
