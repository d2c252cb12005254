package io.ddgan.cli.terminal;

/** What frames of stack traces say about whose code it is. */
final class Frames {

  private Frames() {}

  /** Whether it is a plug-in's code: its class loader is neither Java's nor the framework's. */
  static boolean isPlugin(StackTraceElement frame) {
    String loader = frame.getClassLoaderName();
    return loader != null && !loader.equals("app") && !loader.equals("platform");
  }

  /** Class and method. */
  static String place(StackTraceElement frame) {
    return frame.getClassName() + "." + frame.getMethodName();
  }
}
