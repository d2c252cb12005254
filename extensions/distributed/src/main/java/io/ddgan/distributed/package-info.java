/**
 * Several processes that train one run: how they meet, add up their gradients, and are started.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.distributed;
