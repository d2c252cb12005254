/**
 * A feature extractor: a classifier trained on the data set.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.eval.classifier;
