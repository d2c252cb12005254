package io.ddgan.internal.file;

import java.io.IOException;

/** Thrown if another process holds a lock; it may release it later. */
public final class InUseException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception whose message names the process. */
  public InUseException(String message) {
    super(message);
  }
}
