/** Writing generated examples as pictures and as arrays. */
package io.ddgan.train.picture;
