/** Data sets, the order in which training sees their examples, and reading ahead. */
package io.ddgan.train.data;
