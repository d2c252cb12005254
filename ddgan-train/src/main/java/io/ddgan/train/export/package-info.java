/** Internal: trained generators as files that other programs sample from. */
package io.ddgan.train.export;
