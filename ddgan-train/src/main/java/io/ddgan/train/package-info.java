/** Training: data sets, the loop, checkpoints, sampling and run folders. */
package io.ddgan.train;
