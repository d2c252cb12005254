/** The machine, the native library and the program that compute here. */
package io.ddgan.cli.environment;
