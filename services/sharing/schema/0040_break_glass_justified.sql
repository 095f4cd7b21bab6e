-- What a review found, as a word that can be counted; NULL: reviewed before this was asked, or not yet.
alter table break_glass add justified boolean;
grant update (justified) on break_glass to renkei_sharing;
