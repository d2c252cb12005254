/** What a training is going to take, foretold from a few of its steps. */
package io.ddgan.cli.estimate;
