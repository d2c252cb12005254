/** Measuring generated examples with metrics, in any number and in little memory. */
package io.ddgan.train.evaluation;
