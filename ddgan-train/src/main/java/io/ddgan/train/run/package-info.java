/** The folder of a run: what is in it, who may write to it, and what was measured. */
package io.ddgan.train.run;
