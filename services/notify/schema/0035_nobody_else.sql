-- Functions of triggers run under their owner and are called by nobody.
revoke all on function gap_of_change (), gap_of_office (), gap_of_patient (), gap_of_person () from public;
