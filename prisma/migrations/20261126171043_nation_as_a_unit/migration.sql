-- A directive may be issued for the nation, whose parts provinces are. Before them, since levels stand in their order.
ALTER TYPE "unit_level" ADD VALUE 'nation' BEFORE 'province';
