import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Holds PDFs against the profiles of veraPDF that a machine can decide: `java -cp JAR Verify.java PROFILE FILE…`.
 * Prints a line a file; exits with 1 where one is at fault.
 */
public final class Verify {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.valueOf(arguments[0]);
        boolean sound = true;
        for (int at = 1; at < arguments.length; at++) {
            PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false);
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(arguments[at]), flavour)) {
                ValidationResult result = validator.validate(parser);
                int rules = result.getValidationProfile().getRules().size();
                boolean compliant = result.isCompliant() && result.getTotalAssertions() > 0;
                sound &= compliant;
                System.out.printf("%s %s: %s, %d rules, %d checks%n",
                    arguments[at], flavour, compliant ? "compliant" : "NOT compliant", rules, result.getTotalAssertions());
                // The first place that each rule is broken at.
                Map<String, String> broken = new TreeMap<>();
                for (TestAssertion assertion : result.getTestAssertions()) {
                    String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                    broken.putIfAbsent(rule, assertion.getMessage() + "\n    at " + assertion.getLocation().getContext());
                }
                broken.forEach((rule, told) -> System.out.printf("  %s: %s%n", rule, told));
            }
        }
        System.exit(sound ? 0 : 1);
    }
}
