/** Random draws, each of which has a name, so that a run is a function of its configuration. */
package io.ddgan.random;
