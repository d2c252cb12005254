/** Networks that were trained elsewhere. */
package io.ddgan.train.importing;
