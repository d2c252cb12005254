/** Who may listen to a training. */
package io.ddgan.train.listener;
