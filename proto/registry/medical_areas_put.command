command medical_areas_put
  version 1
  about "Say which municipality lies in which 二次医療圏 (A-31, U-06).  What is not listed stays."
  from administrator operator
  to registry
  answer medical_areas_answer
  http POST /areas/medical
  field areas list record medical_area_member max 2500 required "Municipalities, wards too.  A city whose wards all lie in one area lies there, too."
