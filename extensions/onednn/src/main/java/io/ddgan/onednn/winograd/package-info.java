/**
 * 3x3 convolutions by Winograd's method.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.onednn.winograd;
