package dev.owlery.api.xml;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLInputFactory;

/**
 * What one XML document may cost. The JDK's parsers have limits of their own, whose defaults suit
 * documents that somebody vouches for: since JDK 25 a hundred thousand escaped characters are too
 * many for them. Here all of those limits are set, so that no default decides.
 *
 * <p>The limits on entities are lifted. They guard against entities that a document declares
 * itself, and no parser made here reads declarations: it refuses a DTD, or does not see it. Of
 * entities only the five that every document has remain, and each of them is shorter than its
 * reference. Whoever sets these limits on a parser of another kind with {@link #apply} must refuse
 * the DTD there. The size of a document is limited by whoever fetches it, and with it the sum of
 * all texts.
 *
 * <p>Immutable; any thread.
 *
 * @param attributes how many attributes an element may have
 * @param depth how deep elements may be nested; 0 if somebody else watches that
 * @param nameLength the longest name of an element or attribute, prefix or namespace, in characters
 */
public record XmlLimits(int attributes, int depth, int nameLength) {
  /** For documents: feeds, payloads, requests. */
  public static final XmlLimits DOCUMENT = new XmlLimits(1_000, 100, 1_000);

  private static final String LIMIT = "jdk.xml.";

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if there is no limit for attributes or names
   */
  public XmlLimits {
    if (attributes < 1 || nameLength < 1 || depth < 0) {
      throw new IllegalArgumentException("a limit is missing");
    }
  }

  /**
   * Hands out every limit that the JDK's parsers know.
   *
   * @param setter sets a property of a parser or of its factory, by name
   */
  public void apply(BiConsumer<? super String, ? super String> setter) {
    properties().forEach(setter);
  }

  /**
   * All limits that the JDK's parsers have, as their documentation names them. Those of 0 are off.
   *
   * @return values by the full names of the properties
   */
  public Map<String, String> properties() {
    Map<String, String> all = new TreeMap<>();
    all.put(LIMIT + "entityExpansionLimit", "0");
    all.put(LIMIT + "totalEntitySizeLimit", "0");
    all.put(LIMIT + "maxGeneralEntitySizeLimit", "0");
    all.put(LIMIT + "maxParameterEntitySizeLimit", "0");
    all.put(LIMIT + "entityReplacementLimit", "0");
    all.put(LIMIT + "elementAttributeLimit", Integer.toString(attributes));
    // Counts the nodes of a schema's grammar, and nobody here reads schemas.
    all.put(LIMIT + "maxOccurLimit", "1");
    all.put(LIMIT + "maxElementDepth", Integer.toString(depth));
    all.put(LIMIT + "maxXMLNameLimit", Integer.toString(nameLength));
    return all;
  }

  /**
   * A factory of pull parsers within these limits: the JDK's own, whatever else is on the class
   * path. They read no DTD, fetch nothing, and give the text of an element as one piece.
   *
   * @return a new factory
   */
  public XMLInputFactory pullParsers() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    apply(factory::setProperty);
    return factory;
  }

  /**
   * A factory of parsers that make a tree within these limits: the JDK's own, aware of namespaces.
   * They refuse a DTD.
   *
   * @return a new factory
   */
  public DocumentBuilderFactory trees() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      apply(factory::setAttribute);
      return factory;
    } catch (ParserConfigurationException unsupported) {
      throw new IllegalStateException("the JDK's parser cannot refuse a DTD", unsupported);
    }
  }
}
