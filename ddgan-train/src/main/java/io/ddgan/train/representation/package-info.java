/** What networks may see in place of the data. */
package io.ddgan.train.representation;
