package io.ddgan.train.picture;

import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.FileErrors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Writes PNG pictures. */
public final class Png {

  private static final String FORMAT = "png";
  private static final String METADATA = IIOMetadataFormatImpl.standardMetadataFormatName;
  private static final String TEXT = "TextEntry";
  private static final String KEYWORD = "keyword";
  private static final String VALUE = "value";

  /** The standard keyword for a description of the picture. */
  private static final String DESCRIPTION = "Description";

  private Png() {}

  /** Writes a picture. */
  public static void write(BufferedImage image, Path file) throws IOException {
    write(image, Optional.empty(), file);
  }

  /** Writes a picture with an optional description. */
  static void write(BufferedImage image, Optional<String> description, Path file)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(FORMAT).next();
    try {
      IIOMetadata metadata =
          description.isPresent() ? metadata(writer, image, description.get()) : null;
      AtomicFile.write(
          file,
          out -> {
            try (ImageOutputStream png = new MemoryCacheImageOutputStream(out)) {
              writer.setOutput(png);
              writer.write(new IIOImage(image, null, metadata));
            }
          });
    } finally {
      writer.dispose();
    }
  }

  private static IIOMetadata metadata(ImageWriter writer, BufferedImage image, String description)
      throws IOException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(
            ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam());
    IIOMetadataNode text = new IIOMetadataNode(TEXT);
    text.setAttribute(KEYWORD, DESCRIPTION);
    text.setAttribute(VALUE, description);
    IIOMetadataNode texts = new IIOMetadataNode("Text");
    texts.appendChild(text);
    IIOMetadataNode root = new IIOMetadataNode(METADATA);
    root.appendChild(texts);
    metadata.mergeTree(METADATA, root);
    return metadata;
  }

  /** Returns the description of a picture, if it has one. */
  public static Optional<String> description(Path file) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(FORMAT).next();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(in);
      NodeList texts =
          ((Element) reader.getImageMetadata(0).getAsTree(METADATA)).getElementsByTagName(TEXT);
      return IntStream.range(0, texts.getLength())
          .mapToObj(i -> (Element) texts.item(i))
          .filter(text -> text.getAttribute(KEYWORD).equals(DESCRIPTION))
          .map(text -> text.getAttribute(VALUE))
          .findFirst();
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    } finally {
      reader.dispose();
    }
  }
}
