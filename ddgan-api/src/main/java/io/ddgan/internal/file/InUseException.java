package io.ddgan.internal.file;

import java.io.IOException;

/** Another process has the lock that was asked for, and may let go of it later. */
public final class InUseException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Names the process. */
  public InUseException(String message) {
    super(message);
  }
}
