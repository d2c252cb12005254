/** Training: data sets, the loop, checkpoints, sampling and run folders. Internal: may change. */
package io.ddgan.train;
