package dev.proxyherd.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/** The name of whoever a certificate is for, as its subject says. */
public final class CommonName {
    private CommonName() {
    }

    /** The subject's common name; null where there is none, or more than one, for then nobody knows which is meant. */
    public static @Nullable String of(X509Certificate certificate) {
        List<Object> names = new ArrayList<>();
        try {
            for (Rdn step : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                Attribute attribute = step.toAttributes().get("CN");
                for (int i = 0; attribute != null && i < attribute.size(); i++) {
                    names.add(attribute.get(i));
                }
            }
        } catch (NamingException damaged) {
            return null;
        }
        return names.size() == 1 && names.getFirst() instanceof String name ? name : null;
    }
}
