/**
 * The listeners to a training that come with the framework.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.listener;
