/** Named random draws, which make a run a function of its configuration. */
package io.ddgan.random;
