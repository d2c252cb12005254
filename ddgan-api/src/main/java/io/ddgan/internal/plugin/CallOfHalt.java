package io.ddgan.internal.plugin;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Looks into the file of a class for a call of {@link Runtime#halt}, the one end of the program
 * that nothing notices and nobody could be told of.
 */
final class CallOfHalt {

  private static final int HEADER = 8; // magic number and version

  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int STRING = 8;
  private static final int METHOD = 10;
  private static final int METHOD_HANDLE = 15;
  private static final int METHOD_TYPE = 16;
  private static final int MODULE = 19;
  private static final int PACKAGE = 20;

  private final int[] first;
  private final int[] second;
  private final int[] tags;
  private final String[] texts;

  private CallOfHalt(DataInputStream in) throws IOException {
    in.skipNBytes(HEADER);
    int count = in.readUnsignedShort();
    first = new int[count];
    second = new int[count];
    tags = new int[count];
    texts = new String[count];
    for (int i = 1; i < count; i++) {
      tags[i] = in.readUnsignedByte();
      switch (tags[i]) {
        case UTF8 -> texts[i] = in.readUTF();
        case LONG, DOUBLE -> {
          in.readLong();
          i++; // it counts for two
        }
        case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE -> first[i] = in.readUnsignedShort();
        case METHOD_HANDLE -> in.skipNBytes(1 + Short.BYTES);
        default -> { // two references, or four bytes that nobody looks at
          first[i] = in.readUnsignedShort();
          second[i] = in.readUnsignedShort();
        }
      }
    }
  }

  /** Whether a class calls it. */
  static boolean isIn(InputStream classFile) throws IOException {
    return new CallOfHalt(new DataInputStream(classFile)).isThere();
  }

  private boolean isThere() {
    for (int i = 0; i < tags.length; i++) {
      if (tags[i] == METHOD
          && "java/lang/Runtime".equals(name(first[i]))
          && "halt".equals(name(second[i]))) {
        return true;
      }
    }
    return false;
  }

  /** The name that an entry refers to first, if there is one. */
  private String name(int entry) {
    return entry < first.length && first[entry] < texts.length ? texts[first[entry]] : null;
  }
}
