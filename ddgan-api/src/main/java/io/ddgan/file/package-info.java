/** Writing files so that they are whole or absent, and saying in a sentence why they are not. */
package io.ddgan.file;
