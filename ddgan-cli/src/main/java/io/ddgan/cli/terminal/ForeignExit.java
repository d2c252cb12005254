package io.ddgan.cli.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.ExitCode;

/**
 * Notices that code of others ends the program by {@link System#exit}, such as a plug-in's, which
 * otherwise looks as if all had been done.
 */
public final class ForeignExit {

  private static final Set<String> EXITS = Set.of("java.lang.System", "java.lang.Runtime");

  /** The program itself, which may; and Java, which does so for signals. */
  private static final List<String> RIGHTFUL = List.of("io.ddgan.cli.", "java.lang.");

  private ForeignExit() {}

  /** From now on such an end is a failure, and said to be one. */
  public static void watch(PrintWriter err) {
    Thread hook =
        new Thread(
            () ->
                caller(Thread.getAllStackTraces().values().stream())
                    .ifPresent(
                        caller -> {
                          err.println("ddgan: " + message(caller));
                          Runtime.getRuntime().halt(ExitCode.SOFTWARE); // whoever waits meanwhile
                        }),
            "exit");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether the program is being ended by such code, now. */
  static boolean isUnderWay() {
    return caller(Thread.getAllStackTraces().values().stream()).isPresent();
  }

  /** Who has called {@link System#exit}, if nobody may who has. */
  static Optional<StackTraceElement> caller(Stream<StackTraceElement[]> stacks) {
    return stacks
        .flatMap(
            stack ->
                Stream.of(stack)
                    .dropWhile(frame -> !isExit(frame))
                    .dropWhile(ForeignExit::isExit)
                    .limit(1))
        .filter(frame -> Frames.isPlugin(frame) || !isRightful(frame))
        .findFirst();
  }

  private static boolean isExit(StackTraceElement frame) {
    return EXITS.contains(frame.getClassName()) && frame.getMethodName().equals("exit");
  }

  private static boolean isRightful(StackTraceElement frame) {
    return RIGHTFUL.stream().anyMatch(frame.getClassName()::startsWith);
  }

  static String message(StackTraceElement caller) {
    String what = "has ended ddgan before its end with System.exit; ";
    return Frames.isPlugin(caller)
        ? "the plug-in %s %supdate or remove it (%s)"
            .formatted(caller.getClassLoaderName(), what, Frames.place(caller))
        : Frames.place(caller) + " " + what + "update or remove its jar";
  }
}
