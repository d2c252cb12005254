/** How fast training and sampling are, and where the time goes. */
package io.ddgan.cli.benchmark;
